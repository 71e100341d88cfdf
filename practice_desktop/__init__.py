"""The staff's desktop program: invite clients to the portal, exchange forms, send what waits."""

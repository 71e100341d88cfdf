"""What passes between the desktop and the portal. Imports neither, and no framework."""

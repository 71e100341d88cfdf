"""The same program on a made-up practice that is thrown away; nothing leaves the machine."""

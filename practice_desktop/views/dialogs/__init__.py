"""What opens above the window, asks, and closes."""

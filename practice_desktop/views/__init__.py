"""Qt widgets: build yourself, read your inputs, call one service method, show the answer."""

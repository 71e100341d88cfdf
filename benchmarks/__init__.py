"""Each figure that must stay fast, as a ratio to something simpler measured in the same run."""

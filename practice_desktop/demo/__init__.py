"""A fictional practice on a throwaway data folder, with a mail catcher on loopback."""

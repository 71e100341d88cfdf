"""The only places that speak SMTP, to the password store, to other processes."""

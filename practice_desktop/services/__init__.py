"""What staff can do, one verb each; every transaction is owned here."""

"""What an explanation is made of: the article asked about and its neighbours."""

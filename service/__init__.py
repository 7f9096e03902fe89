"""What answers: the REST API and the editors' page."""

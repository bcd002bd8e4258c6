"""What the client is told. Pure: facts in, a value out; the value is the page that every front end shows."""

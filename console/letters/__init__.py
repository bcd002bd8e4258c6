"""What is told to whom, by which way and when: pure, made of an incident, the model and the instant."""

"""The blueprint: a client's model as a drawing, people × processes × services × hosts × suppliers. Pure."""

"""The version of this distribution, told by both programs, by every check-in and by the package itself."""

VERSION = "0.1.0"

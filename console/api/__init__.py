"""The desk over HTTP on a Unix socket. Identity comes from the kernel, live changes are pushed."""

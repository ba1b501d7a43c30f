"""Tests of access control and hostile input, generated from the route map."""

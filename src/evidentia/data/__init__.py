"""Input data: the datapackage that describes them, and tables read and checked against it."""

"""Effects and shares by group of people, such as sex or ethnicity, for the designs that offer `breakdown`."""

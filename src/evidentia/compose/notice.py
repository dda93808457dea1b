"""What a report says of the synthetic records behind it."""

NOTICE = """::: {.callout-note}
## About the data in this edition

Some records behind this edition are synthetic: they were made for it, and results from them say nothing about
any person. The mark [\\[synthetic\\]]{.synthetic} stands at each sentence, figure, table row and cell that
rests on them. All other data are real and cite their source.

:::"""
NOTICE_OF_ALL = """::: {.callout-note}
## About the data in this edition

All data behind this edition are synthetic: they were invented, and results from them say nothing about any
person or place. Each result that rests on them is marked [\\[synthetic\\]]{.synthetic}.

:::"""

"""Bands of people killed, by which the coverage of an event corpus is counted."""

#: name -> least people killed
TOLL_BANDS = {"0-4": 0, "5-9": 5, "10-19": 10, "20-49": 20, "50 or more": 50}

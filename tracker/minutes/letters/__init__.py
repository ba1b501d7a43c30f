"""The letter that invites to a meeting (surat undangan): what it says, and its form as PDF and Word."""

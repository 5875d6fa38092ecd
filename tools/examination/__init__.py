"""The examination of the assistant: questions with a gold, their marking, and the report.

`tools/exam.py` is the script. The parts, in the order in which an exam uses them:

questions.py   the question file: its format, reading and writing
making.py      questions made from a shop's own products, from a seed
sitting.py     puts the questions to the program, over `shopdesk ask --batch`
marking.py     compares one answer with its gold, by rules that share no code with the program
report.py      the table and the list of failures
"""

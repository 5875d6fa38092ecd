"""The examinations: of the assistant, asked as a clerk asks it, and of a bare model, without the assistant around it.

`tools/exam.py` examines the assistant:

questions.py   the question file: its format, reading and writing
sample_policies.jsonl  such a file, written by hand: questions about the sample shop's policies
making.py      questions made from a shop's own products, from a seed
sitting.py     puts the questions to the program, over `shopdesk ask --batch`
marking.py     compares one answer with its gold, by rules that share no code with the program
report.py      the table and the list of failures

`tools/exam_model.py` examines a model, on rows of a dataset that bring their plan:

by_hand.py        questions written by hand, outside all that training data are made from
odd_shop/         a shop of our own with rare characters, odd codes and names in several scripts
home_rows.py      such rows from a shop's home: the questions written by hand, asked about its own records
answering.py      opens a GGUF file or a Hugging Face folder and asks it
untrained.py      the same model with random weights, to compare with
wrong_plans.py    plants wrong plans and tells what the model does
model_marking.py  marks one answer, by the app's own check and beyond it
model_exam.py     the sitting
model_report.py   the table by type and language
"""

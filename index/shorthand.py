"""What French readers type short (« mdp », « proto », « cb »), read in full where no passage and no glossary has it.

Small words (« koi », « pr ») are left: on the tuning questions reading them too gained nothing and lost one.
"""

_SHORT = """
mdp mot de passe
mdps mots de passe
ordi ordinateur
ordis ordinateurs
proto prototype
protos prototypes
appli application
applis applications
labo laboratoire
labos laboratoires
visio visioconférence
visios visioconférences
prez présentation
réu réunion
reu réunion
compta comptabilité
pb problème
pbs problèmes
msg message
msgs messages
cb combien
cbien combien
"""
SHORTHAND = {short: full for short, _, full in (line.partition(" ") for line in _SHORT.split("\n") if line)}

"""The kinds of credentials that are known by their form."""

import re

# Kind, a mark that each text with such a key has, and the key's form. Most texts have no mark, and no form is tried on them.
KEYS = [
    ("an AWS access key", "AKIA", r"AKIA[A-Z2-7]{16}"),
    *[("a GitHub token", f"gh{sort}_", rf"gh{sort}_[A-Za-z0-9]{{36}}") for sort in "pousr"],
    ("a GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    ("a GitLab token", "glpat-", r"glpat-[A-Za-z0-9_-]{20,64}"),
    ("a Slack token", "xox", r"xox[abprs]-[0-9A-Za-z-]{20,250}"),
    ("a Slack webhook", "hooks.slack.com", r"https://hooks\.slack\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}"),
    ("a Stripe live key", "k_live_", r"[sr]k_live_[0-9A-Za-z]{24,250}"),
    ("a Google API key", "AIza", r"AIza[0-9A-Za-z_-]{35}"),
    ("a Google OAuth client secret", "GOCSPX-", r"GOCSPX-[0-9A-Za-z_-]{28}"),
    ("an OpenAI key", "T3BlbkFJ", r"sk-[A-Za-z0-9_-]{16,120}T3BlbkFJ[A-Za-z0-9_-]{16,120}"),
    ("an OpenAI key", "sk-", r"sk-[A-Za-z0-9]{48}"),
    ("an Anthropic key", "sk-ant-", r"sk-ant-[a-z]{3,6}[0-9]{2}-[A-Za-z0-9_-]{80,120}"),
    ("a Hugging Face token", "hf_", r"hf_[A-Za-z]{34}"),
    ("a Groq key", "gsk_", r"gsk_[A-Za-z0-9]{52}"),
    ("a Replicate token", "r8_", r"r8_[A-Za-z0-9]{37}"),
    ("a SendGrid key", "SG.", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    ("a Databricks token", "dapi", r"dapi[0-9a-f]{32}"),
    ("a DigitalOcean token", "dop_v1_", r"dop_v1_[0-9a-f]{64}"),
    ("a PyPI token", "pypi-", r"pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,250}"),
    ("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}"),
    ("a Telegram bot token", ":AA", r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
    ("an Azure storage key", "AccountKey=", r"AccountKey=[A-Za-z0-9+/]{86}(?===)"),
]

FORMS = [(kind, mark, re.compile(rf"(?<![0-9A-Za-z_]){form}(?![0-9A-Za-z_])")) for kind, mark, form in KEYS]

# What of a key may be shown, where all of its kind begin so.
MOST_SHOWN = 4

PRIVATE_KEY = re.compile(r"-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?:\\n|\s|\"|')*([A-Za-z0-9+/=]{40,80})")

DATABASE_URL = re.compile(r"\b(postgres|postgresql|mysql|mariadb|mongodb|rediss?|mssql|oracle|amqps?|clickhouse|snowflake)(?:\+[a-z0-9_]+)?://([^\s:/@\"'`{}<>$%]{1,80}):([^\s:/@\"'`<>{}$]{4,120})@([A-Za-z0-9.-]{1,200})")

"""How Flask-Security is set, and what it says in our words."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from core.errors import message

TEMPLATES = {
    "LOGIN_USER": "sign_in",
    "VERIFY": "confirm",
    "FORGOT_PASSWORD": "forgot",
    "RESET_PASSWORD": "reset",
    "CHANGE_PASSWORD": "password",
    "TWO_FACTOR_SETUP": "two_factor",
    "TWO_FACTOR_VERIFY_CODE": "code",
    "MULTI_FACTOR_RECOVERY": "recovery",
    "MULTI_FACTOR_RECOVERY_CODES": "recovery_codes",
}
ADDRESSES = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
    "TWO_FACTOR_SELECT_URL": "/sign-in/select",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
    "VERIFY_URL": "/account/confirmation",
    "CHANGE_URL": "/account/password",
    "RESET_URL": "/account/password/reset",
    "TWO_FACTOR_SETUP_URL": "/account/two-factor",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "POST_LOGIN_VIEW": "projects.projects",
    "POST_LOGOUT_VIEW": "home.start",
    "POST_CHANGE_VIEW": "account.account",
    "POST_VERIFY_VIEW": "account.account",
    "TWO_FACTOR_POST_SETUP_VIEW": "account.account",
    "TWO_FACTOR_ERROR_VIEW": ".login",
}
CHOICES: Mapping[str, Any] = {
    "API_ENABLED_METHODS": ["session"],
    "CHANGEABLE": True,
    "CLI_ROLES_NAME": None,
    "CLI_USERS_NAME": None,
    "EMAIL_HTML": False,
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},  # no questions to name servers
    "FRESHNESS": timedelta(hours=1),
    "JOIN_USER_ROLES": False,
    "LOGIN_WITHIN": timedelta(minutes=30),
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "PASSWORD_HASH_PASSLIB_OPTIONS": {  # as OWASP advises; a full room must not fill the memory
        "argon2__memory_cost": 19_456,
        "argon2__time_cost": 2,
        "argon2__parallelism": 1,
    },
    "PASSWORD_LENGTH_MIN": 10,
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": True,  # argon2 brings its own salt, which a restore brings back
    "RECOVERABLE": True,
    "RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "RETURN_GENERIC_RESPONSES": True,  # nobody learns who has an account
    "STATIC_FOLDER": None,
    "TWO_FACTOR": True,
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds that a clock may be wrong
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    "TWO_FACTOR_RESCUE_EMAIL": False,
}
SUBJECTS = {
    "PASSWORD_CHANGE_NOTICE": message("Your password was changed"),
    "PASSWORD_NOTICE": message("Your password was changed"),
    "PASSWORD_RESET": message("Choose a new password"),
}
GOOD = {
    "PASSWORD_RESET_REQUEST": message(
        "If there is an account with this address, a mail is on its way."
    ),
    "PASSWORD_RESET_NO_LOGIN": message(
        "Your new password is set. You can sign in with it now."
    ),
    "PASSWORD_CHANGE": message("Your password is changed. Other devices are signed out."),
    "REAUTHENTICATION_SUCCESSFUL": message("Thank you. You can go on."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": message("You are signed in."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": message(
        "The second step is on. Now make recovery codes, in case your phone is lost."
    ),
    "TWO_FACTOR_DISABLED": message("The second step is off."),
}
BAD = {
    "GENERIC_AUTHN_FAILED": message(
        "E-mail and password do not match. Check both, or have a link sent to you."
    ),
    "DISABLED_ACCOUNT": message("This account is closed."),
    "EMAIL_NOT_PROVIDED": message("Please enter your e-mail address."),
    "INVALID_EMAIL_ADDRESS": message(
        "This is not an e-mail address. An example: kim@example.org"
    ),
    "INVALID_PASSWORD": message("This is not your password."),
    "PASSWORD_NOT_PROVIDED": message("Please enter a password."),
    "PASSWORD_INVALID_LENGTH": message("At least %(length)s characters, please."),
    "PASSWORD_IS_THE_SAME": message("This is your old password. Please choose another."),
    "RETYPE_PASSWORD_MISMATCH": message("The two are not the same. Please type them again."),
    "INVALID_REDIRECT": message("This address leads away from here."),
    "INVALID_RESET_PASSWORD_TOKEN": message(
        "This link has been used or is not complete. Please ask for a new one."
    ),
    "PASSWORD_RESET_EXPIRED": message("This link has expired. Please ask for a new one."),
    "REAUTHENTICATION_REQUIRED": message("Please confirm once more that it is you."),
    "TWO_FACTOR_INVALID_TOKEN": message(
        "This code is not right, or was used already. Please take the next one."
    ),
    "TWO_FACTOR_PERMISSION_DENIED": message("Please sign in first."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": message("Please choose one."),
    "TWO_FACTOR_SETUP_EXPIRED": message("That took too long. Please start over."),
    "INVALID_RECOVERY_CODE": message("This code is not right, or was used already."),
    "API_ERROR": message("Please check what you entered."),
}


def settings(app: Flask) -> dict[str, Any]:
    """Return the configuration of Flask-Security for *app*."""
    key: bytes = app.extensions["keys"].key("accounts")
    values = {
        **CHOICES,
        **ADDRESSES,
        **{
            f"{name}_TEMPLATE": f"people/accounts/{page}.html"
            for name, page in TEMPLATES.items()
        },
        **{f"EMAIL_SUBJECT_{name}": text for name, text in SUBJECTS.items()},
        **{f"MSG_{name}": (text, "message") for name, text in GOOD.items()},
        **{f"MSG_{name}": (text, "error") for name, text in BAD.items()},
        "I18N_DOMAIN": "messages",
        "I18N_DIRNAME": [str(Path(app.root_path, "translations"))],
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [urlsafe_b64encode(key)],
        "TOTP_ISSUER": app.config["SITE_NAME"],
        "TOTP_SECRETS": {1: key.hex()},
    }
    return {f"SECURITY_{name}": value for name, value in values.items()}

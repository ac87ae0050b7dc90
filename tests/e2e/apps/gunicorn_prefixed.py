"""gunicorn's configuration: access lines go through its logger, which puts its prefix in front."""
_handlers = {"out": {"class": "logging.StreamHandler", "formatter": "own", "stream": "ext://sys.stdout"}}
_logger = {"level": "INFO", "handlers": ["out"], "propagate": False}

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "own": {
            "format": "%(asctime)s [%(process)d] [%(levelname)s] %(message)s",
            "datefmt": "[%Y-%m-%d %H:%M:%S %z]",
        }
    },
    "handlers": _handlers,
    "root": {"level": "INFO", "handlers": ["out"]},
    "loggers": {"gunicorn.error": _logger, "gunicorn.access": _logger},
}

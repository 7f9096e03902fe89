"""The one exception that the commands raise on purpose; the command line prints it in one line."""


class PipelineError(Exception):
    """Something a person can mend, said in one line: what was wrong, the value, what exists, what to type next.

    Parameters
    ----------
    message
        The whole line.
    exit_code
        1: the data or the result is not good enough; 2: the call is wrong; 3: an outside part failed.
    """

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code

"""Every refusal in one form, which is OpenAI's: {"error": {"code", "message", "type", "param"}}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from shopdesk.core.errors import UserFacingError
from shopdesk.core.messages import text_of

_STATUS = {"question_empty": 422, "question_too_long": 413, "service_busy": 503, "service_closing": 503}
_RETRY_AFTER = {"service_busy": "5", "service_closing": "10", "too_many_requests": "5"}


class ErrorBody(BaseModel):
    code: str = Field(description="stable name of what is wrong")
    message: str = Field(description="what is wrong and what to do, in English and Chinese")
    type: str
    param: str | None = None


class ErrorReply(BaseModel):
    error: ErrorBody


def error_response(status: int, code: str, /, param: str | None = None, **values: object) -> JSONResponse:
    headers = _headers(code) | ({"WWW-Authenticate": "Bearer"} if status == 401 else {})
    return JSONResponse(_json(status, code, param, values), status, headers)


def response_to(error: UserFacingError) -> JSONResponse:
    return JSONResponse(json_of(error), status_of(error), _headers(error.code))


def json_of(error: UserFacingError) -> dict[str, Any]:
    return _json(status_of(error), error.code, None, error.params)


def status_of(error: UserFacingError) -> int:
    """What is not the question's fault is a state of the service that may pass: 503."""
    return _STATUS.get(error.code, 503)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: these statuses have the form of an error; besides them, what the gate says to any request."""
    told = {
        400: "not JSON", 401: "no token, a wrong or an expired one", 404: "there is no such thing",
        413: "too large", 415: "no JSON", 421: "a name that is not this machine's", 422: "not of the form asked for",
        429: "too many requests from this client", 503: "too busy, or the data cannot be read just now",
    }  # fmt: skip
    return {status: {"model": ErrorReply, "description": told[status]} for status in (*statuses, 401, 413, 421, 429)}


def _json(status: int, code: str, param: str | None, values: Mapping[str, object]) -> dict[str, Any]:
    message = f"{text_of(code, 'en', **values)} {text_of(code, 'zh', **values)}"
    sort = "server_error" if status >= 500 else "invalid_request_error"
    return ErrorReply(error=ErrorBody(code=code, message=message, type=sort, param=param)).model_dump()


def _headers(code: str) -> dict[str, str]:
    return {"Retry-After": _RETRY_AFTER[code]} if code in _RETRY_AFTER else {}

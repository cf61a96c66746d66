# SPDX-License-Identifier: Apache-2.0
"""One frozen `Settings`: defaults < `sohoa.toml` < environment (`SOHOA_…`) < arguments."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """Everything that a user may set; every room gets it as its last argument."""

    model_config = SettingsConfigDict(
        env_prefix="SOHOA_", toml_file="sohoa.toml", frozen=True, extra="forbid"
    )

    language: str = Field(default="vie", description="model of Tesseract", pattern=r"^[\w+]+$")
    read: Literal["tesseract", "fast", "both"] = Field(
        default="both",
        description="both: Tesseract and the line reader vote; fast: the line reader, Tesseract "
        "only where it is unsure",
    )
    reader: Literal["tesseract", "tesserocr"] = Field(
        default="tesseract",
        description="tesserocr is the same in the process of each worker, faster (extra `fast`)",
    )
    reading_timeout: float = Field(default=120.0, gt=0, description="seconds a page, then killed")
    page_timeout: float = Field(
        default=300.0, gt=0, description="seconds for all work on a page, then it is set aside"
    )
    max_pages: int = Field(default=1000, ge=1, description="pages a document, more are refused")
    max_megapixels: float = Field(default=200.0, gt=0, description="pixels a page, in millions")
    max_megabytes: float = Field(default=2000.0, gt=0, description="size of a file")
    max_worker_megabytes: float = Field(
        default=4096.0, gt=0, description="memory of a worker, its page is set aside beyond it"
    )
    keep_readings: bool = Field(
        default=True, description="keep what was read, so that new dictionaries need no reading"
    )
    review_below: float = Field(
        default=0.8, ge=0, le=1, description="a value of lower confidence is marked needs_review"
    )
    allow_secret: bool = Field(
        default=False, description="write text and table lines of documents marked MẬT, too"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources of values, the strongest first."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

"""``sbom.cdx.json``: what the wheel is made of and depends on, in CycloneDX."""

from __future__ import annotations

import tomllib
import uuid
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent


def write_sbom(path: Path) -> None:
    """Write the component itself and its run-time dependencies, with the versions that it allows."""
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    bom = Bom()
    # neither a clock nor chance: the same version has the same file
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_DNS, f"ttp-timeline {project['version']}")
    bom.metadata.timestamp = datetime(2001, 1, 1, tzinfo=UTC)
    root = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.LIBRARY,
        bom_ref=project["name"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
        purl=PackageURL("pypi", None, project["name"], project["version"]),
    )
    bom.metadata.component = root
    parts = []
    for line in project["dependencies"]:
        needed = Requirement(line)
        parts.append(
            Component(
                name=needed.name,
                type=ComponentType.LIBRARY,
                bom_ref=needed.name,
                description=f"any version {needed.specifier}",
                purl=PackageURL("pypi", None, needed.name),
            )
        )
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(root, parts)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="")

from pandera.typing import Series

from ttp_timeline.models._codes import COUNTRY_PATTERN
from ttp_timeline.models._model import Degrees, Table, Text, code, key, number, text

PLACE_TYPES = {
    "village": "village",
    "town": "town",
    "city": "city",
    "district": "district or agency; the point lies inside it",
    "province": "province; the point lies inside it",
    "country": "country",
    "area": "valley, pass, tehsil or another area; the point lies inside it",
}
PROVINCE_PATTERN = r"^[A-Z]{2}-[A-Z0-9]{1,3}$"


class Places(Table):
    """One row per place, with its coordinates, and its province as it is now and as it was before 31 May 2018."""

    place_id: Series[Text] = key("Place", "Name of the place.", example="miranshah")
    place_name: Series[Text] = text("Place name", "Usual English spelling.", required=True)
    place_type: Series[Text] = code(PLACE_TYPES, "Type", "What kind of place.", required=True)
    district_name: Series[Text] = text("District", "District as it is now.")
    province_code: Series[Text] = text(
        "Province now", "ISO 3166-2 code of the province as it is now.", pattern=PROVINCE_PATTERN
    )
    province_before_2018_code: Series[Text] = text(
        "Province before 31 May 2018",
        "ISO 3166-2 code before the tribal areas joined Khyber Pakhtunkhwa.",
        pattern=PROVINCE_PATTERN,
    )
    country_code: Series[Text] = text("Country", "ISO 3166-1 code.", required=True, pattern=COUNTRY_PATTERN)
    latitude: Series[Degrees] = number(
        "degrees north, WGS 84", "Latitude", "Latitude of the place or of a point inside it.", ge=-90, le=90
    )
    longitude: Series[Degrees] = number(
        "degrees east, WGS 84", "Longitude", "Longitude of the place or of a point inside it.", ge=-180, le=180
    )
    coordinate_source: Series[Text] = text("Source of the coordinates", "Gazetteer the point was taken from.")

    class Config:
        name = "places"
        metadata = {"title": "Places", "key": ["place_id"]}

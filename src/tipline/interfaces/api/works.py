"""Give out proof-of-work challenges."""

import datetime as dt

import msgspec

from tipline.interfaces.api.calls import Answer, Call


async def give_work(call: Call) -> Answer:
    """Give a challenge; its solution in the header Tipline-Work keeps a report off the slow lane."""
    challenge = call.door.work.make_challenge(now=dt.datetime.now(dt.UTC))
    return Answer(200, msgspec.json.encode(challenge))

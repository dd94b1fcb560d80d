package io.imagegate.gate;

import io.imagegate.PublicApiContract;

/** What this module promises. */
class PublicApiTest extends PublicApiContract {}

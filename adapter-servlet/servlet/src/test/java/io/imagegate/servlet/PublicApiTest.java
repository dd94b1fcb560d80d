package io.imagegate.servlet;

import io.imagegate.PublicApiContract;

/** What this module promises. */
class PublicApiTest extends PublicApiContract {}

package io.imagegate;

/** How much is tried: the standard tier of {@code mvn verify} tries less than {@code -Pfull} and {@code -Pnightly}. */
public final class Tier {

    private static final boolean STANDARD =
            System.getProperty("imagegate.tier", "standard").equals("standard");

    private Tier() {}

    /** {@return how often something random is tried, unless this property says so} */
    public static int tries(String property, int standard, int full) {
        return Integer.getInteger(property, tries(standard, full));
    }

    /** {@return how often something random is tried} */
    public static int tries(int standard, int full) {
        return STANDARD ? standard : full;
    }
}

package io.imagegate;

/** How much is tried: {@code mvn verify}, the standard tier, tries less than {@code -Pfull}, and that less than {@code -Pnightly}. */
public final class Tier {

    private static final String TIER = System.getProperty("imagegate.tier", "standard");

    private Tier() {}

    /** {@return how often something random is tried, unless this property says so} */
    public static int tries(String property, int standard, int full, int nightly) {
        return Integer.getInteger(property, tries(standard, full, nightly));
    }

    /** {@return how often something random is tried} */
    public static int tries(int standard, int full, int nightly) {
        return TIER.equals("nightly") ? nightly : tries(standard, full);
    }

    /** {@return how often something random is tried, where the higher tiers are alike} */
    public static int tries(int standard, int full) {
        return TIER.equals("standard") ? standard : full;
    }
}

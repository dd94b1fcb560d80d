package io.imagegate.rule;

/** One bound of a range: a comparison with a version. */
record VersionBound(Relation relation, Version version) {

    enum Relation {
        LESS,
        AT_MOST,
        EQUAL,
        AT_LEAST,
        GREATER
    }

    static VersionBound less(Version version) {
        return new VersionBound(Relation.LESS, version);
    }

    static VersionBound atMost(Version version) {
        return new VersionBound(Relation.AT_MOST, version);
    }

    static VersionBound equal(Version version) {
        return new VersionBound(Relation.EQUAL, version);
    }

    static VersionBound atLeast(Version version) {
        return new VersionBound(Relation.AT_LEAST, version);
    }

    static VersionBound greater(Version version) {
        return new VersionBound(Relation.GREATER, version);
    }

    boolean holds(Version candidate) {
        int order = candidate.compareTo(version);
        return switch (relation) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case EQUAL -> order == 0;
            case AT_LEAST -> order >= 0;
            case GREATER -> order > 0;
        };
    }
}

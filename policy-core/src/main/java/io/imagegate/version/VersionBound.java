package io.imagegate.version;

/** One bound of a range: a comparison with a version. */
record VersionBound(Relation relation, SemanticVersion version) {

    enum Relation {
        LESS,
        AT_MOST,
        EQUAL,
        AT_LEAST,
        GREATER
    }

    static VersionBound less(SemanticVersion version) {
        return new VersionBound(Relation.LESS, version);
    }

    static VersionBound atMost(SemanticVersion version) {
        return new VersionBound(Relation.AT_MOST, version);
    }

    static VersionBound equal(SemanticVersion version) {
        return new VersionBound(Relation.EQUAL, version);
    }

    static VersionBound atLeast(SemanticVersion version) {
        return new VersionBound(Relation.AT_LEAST, version);
    }

    static VersionBound greater(SemanticVersion version) {
        return new VersionBound(Relation.GREATER, version);
    }

    boolean holds(SemanticVersion candidate) {
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

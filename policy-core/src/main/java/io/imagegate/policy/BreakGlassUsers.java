package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Users who may break the glass: those whose name or one of whose groups matches, or everybody.
 *
 * @param users globs of names of users; null if no user is named
 * @param groups globs of names of groups; null if no group is named
 */
record BreakGlassUsers(@Nullable GlobSet users, @Nullable GlobSet groups) {

    static final BreakGlassUsers EVERYBODY = new BreakGlassUsers(null, null);

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    /** Creates the pods of all workloads if its controllers have no service accounts of their own. */
    private static final String CONTROLLER_MANAGER = "system:kube-controller-manager";

    /** Why the user of a review may not break the glass. The codes are keys of messages. */
    enum Refusal {
        /** The review does not tell its user. */
        USER_UNKNOWN("user-unknown"),
        /** Neither the user nor one of the groups is named. */
        USER_NOT_NAMED("user-not-named"),
        /** The user is named, and creates what others ask for; this object nobody asked for, or its owner is unknown. */
        OBJECT_NOT_OWNED("object-not-owned");

        final String code;

        Refusal(String code) {
            this.code = code;
        }
    }

    boolean isEverybody() {
        return users == null && groups == null;
    }

    /** {@return why the user of a review may not break the glass; null if the user may} */
    @Nullable
    Refusal refusal(ImageReview review) {
        if (isEverybody()) {
            return null;
        }
        String user = review.user().orElse(null);
        if (user == null) {
            return Refusal.USER_UNKNOWN;
        }
        if (!isNamed(user, review.groups().orElse(List.of()))) {
            return Refusal.USER_NOT_NAMED;
        }
        boolean controller = user.startsWith(SERVICE_ACCOUNT) || user.equals(CONTROLLER_MANAGER);
        return controller && !review.isControlled() ? Refusal.OBJECT_NOT_OWNED : null;
    }

    private boolean isNamed(String user, List<String> groupsOfUser) {
        return (users != null && users.matches(user))
                || (groups != null && groupsOfUser.stream().anyMatch(groups::matches));
    }
}

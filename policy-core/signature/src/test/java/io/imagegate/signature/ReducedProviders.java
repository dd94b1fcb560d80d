package io.imagegate.signature;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Collectors;

/** Leaves only some providers installed, and verifies everything that is recorded. */
final class ReducedProviders {

    private ReducedProviders() {}

    public static void main(String[] kept) {
        for (Provider provider : Security.getProviders()) {
            if (!List.of(kept).contains(provider.getName())) {
                Security.removeProvider(provider.getName());
            }
        }
        CosignVerdictsTest verdicts = new CosignVerdictsTest();
        long same = CosignVerdictsTest.said().peek(verdicts::sameVerdict).count();
        NotationVerdictsTest notation = new NotationVerdictsTest();
        same += NotationVerdictsTest.said().peek(notation::sameVerdict).count();
        String counts = Specimen.all().stream()
                .map(specimen -> specimen.verify().getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(","));
        System.out.println(Security.getProviders().length + " providers, " + same + " verdicts, specimens " + counts);
    }

    /** Says what a verifier finds when no provider has elliptic curves. */
    static final class WithoutCurves {

        private WithoutCurves() {}

        public static void main(String[] arguments) {
            List<Specimen> specimens = Specimen.all();
            Security.removeProvider("SunEC");
            specimens.forEach(specimen -> System.out.println(specimen.verify()));
        }
    }
}

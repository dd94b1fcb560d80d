package io.imagegate.policy;

import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.Need;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Needs that have one owner.
 *
 * @param name what they ask for, in messages
 * @param made the class of needs that a program made; null for those of Imagegate
 */
record NeedKind(String name, @Nullable Class<?> made) {

    static final NeedKind DIGEST = new NeedKind("digests", null);
    static final NeedKind METADATA = new NeedKind("metadata", null);
    static final NeedKind SIGNATURES = new NeedKind("signatures", null);

    static NeedKind of(Need<?> need) {
        Need<?> asked = FreshNeed.asked(need);
        if (asked.equals(Need.DIGEST)) {
            return DIGEST;
        }
        if (asked.equals(Need.METADATA)) {
            return METADATA;
        }
        return SignatureFacts.answer(asked)
                ? SIGNATURES
                : new NeedKind(asked.getClass().getName(), asked.getClass());
    }

    /**
     * {@return the kind of the needs of a class}
     *
     * @throws IllegalArgumentException if no need has this class, or it is one of Imagegate
     */
    static NeedKind of(Class<? extends Need<?>> needs) {
        boolean ours = Objects.equals(needs.getPackage(), Need.class.getPackage())
                || needs.equals(SignatureNeed.class)
                || needs.equals(AttestationNeed.class);
        if (ours || Modifier.isAbstract(needs.getModifiers())) {
            throw new IllegalArgumentException(needs.getName()
                    + ": expected a class of needs of the program, such as a record that implements Need");
        }
        return new NeedKind(needs.getName(), needs);
    }

    @Override
    public String toString() {
        return name;
    }
}

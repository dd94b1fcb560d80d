package io.imagegate.signature.form;

import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signer.Signer;
import io.imagegate.text.Copies;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The kinds of signers whose signatures have one form, and how these are verified. Immutable. */
public final class SignerKinds {

    private final Map<Class<?>, Function<Signer, SignerCheck>> checks;

    private SignerKinds(Map<Class<?>, Function<Signer, SignerCheck>> checks) {
        this.checks = checks;
    }

    /**
     * {@return one kind of signers}
     *
     * @param kind the class of such signers
     * @param check makes what verifies signatures for one of them; refuses what cannot be read
     * @param <S> the class of such signers
     */
    public static <S extends Signer> SignerKinds of(Class<S> kind, Function<S, SignerCheck> check) {
        return new SignerKinds(Map.of()).and(kind, check);
    }

    /**
     * {@return these kinds of signers, and one more}
     *
     * @param kind the class of such signers
     * @param check makes what verifies signatures for one of them; refuses what cannot be read
     * @param <S> the class of such signers
     */
    public <S extends Signer> SignerKinds and(Class<S> kind, Function<S, SignerCheck> check) {
        Map<Class<?>, Function<Signer, SignerCheck>> more = new HashMap<>(checks);
        more.put(kind, signer -> check.apply(kind.cast(signer)));
        return new SignerKinds(Copies.of(more));
    }

    /**
     * {@return how signatures are verified for a signer; empty if those of such signers never have the form} Throws a refusal, or an
     * IllegalArgumentException, if the signer's certificates or trusted root cannot be read.
     *
     * @param signer the signer
     */
    public Optional<SignerCheck> check(Signer signer) {
        return Optional.ofNullable(checks.get(signer.getClass())).map(make -> make.apply(signer));
    }
}

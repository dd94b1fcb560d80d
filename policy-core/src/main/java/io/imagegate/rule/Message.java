package io.imagegate.rule;

import io.imagegate.text.SentenceBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Messages of the built-in rules, by their keys in the resource bundle {@code messages}. */
enum Message {
    /** A message that consists of its argument. */
    TEXT("text"),
    TAG_MISSING("tag.missing"),
    TAG_ONLY_DIGEST("tag.only-digest"),
    TAG_DENIED("tag.denied"),
    TAG_NOT_ALLOWED("tag.not-allowed"),
    TAG_NO_VERSION("tag.no-version"),
    TAG_OUT_OF_RANGE("tag.out-of-range"),
    TAG_PRERELEASE("tag.prerelease"),
    VERSION_OUT_OF_RANGE("version.out-of-range"),
    VERSION_SHORT("version.short"),
    VERSION_SOME("version.some"),
    VERSION_NONE("version.none"),
    VARIANT_MISSING("variant.missing"),
    VARIANT_UNLISTED("variant.unlisted"),
    DIGEST_MISSING("digest.missing"),
    DIGEST_ALGORITHM("digest.algorithm"),
    PATTERN_DENIED("pattern.denied"),
    PATTERN_NOT_ALLOWED("pattern.not-allowed"),
    PATTERN_NEAREST("pattern.nearest"),
    NAMESPACE_UNKNOWN("namespace.unknown"),
    PATTERN_ADDRESS("pattern.address"),
    SCOPE_UNKNOWN("scope.unknown"),
    NO_ALTERNATIVE("any.none"),
    UNKNOWN_ALTERNATIVE("any.unknown"),
    FACT_PENDING("fact.pending"),
    CREATED_MISSING("created.missing"),
    CREATED_PLACEHOLDER("created.placeholder"),
    CREATED_IN_FUTURE("created.in-future"),
    CREATED_LONG_AGO("created.long-ago"),
    SIZE_MISSING("size.missing"),
    SIZE_TOO_LARGE("size.too-large"),
    PLATFORM_MISSING("platform.missing"),
    LABEL_MISSING("label.missing"),
    LABEL_MISMATCH("label.mismatch"),
    ANNOTATION_MISSING("annotation.missing"),
    ANNOTATION_MISMATCH("annotation.mismatch"),
    CONTENT_DENIED("content.denied"),
    CONTENT_WITHOUT_SHA256("content.without-sha256"),
    SIGNED("signature.by"),
    ATTESTED("attestation.by"),
    NOT_SIGNED("signature.none"),
    NOT_ATTESTED("attestation.none"),
    SIGNED_BY_FEW("signature.few"),
    SIGNATURE("signed.signature"),
    ATTESTATION("signed.attestation"),
    SIGNED_UNTIL("signed.until"),
    SIGNED_FROM("signed.from"),
    SIGNED_LONG_AGO("signed.long-ago"),
    SIGNED_IN_FUTURE("signed.in-future"),
    SIGNED_SOMETIME("signed.sometime"),
    SIGNED_ELSEWHERE("signed.elsewhere"),
    SIGNED_WITHOUT("signed.without"),
    SIGNED_WITH("signed.with"),
    NOTHING_FOUND("signed.nothing"),
    NOTHING_ELSE_FOUND("signed.nothing-else"),
    MORE_FOUND("signed.more"),
    SCAN("scan"),
    SCAN_UNDATED("scan.undated"),
    SCAN_FOUND("scan.found"),
    SCAN_OPEN("scan.open"),
    VULNERABILITIES("vulnerabilities"),
    IGNORED_UNTIL("vulnerability.ignored-until"),
    SBOM("sbom"),
    SBOM_OPEN("sbom.open"),
    SBOM_UNDATED("sbom.undated"),
    LICENSES_DENIED("licenses.denied"),
    LICENSES_UNKNOWN("licenses.unknown"),
    LICENSE_DENIED("license.denied"),
    LICENSE_UNKNOWN("license.unknown"),
    LICENSE_PACKAGES("license.packages"),
    LICENSE_EXCEPTION("license.exception"),
    LICENSE_REFERENCE("license.reference"),
    UNREADABLE("signed.unreadable"),
    WHERE("where"),
    VALUE_NOWHERE("value.nowhere"),
    VALUE_MISMATCH("value.mismatch"),
    VALUE_LONG_AGO("value.long-ago"),
    VALUE_IN_FUTURE("value.in-future"),
    VALUE_NO_DATE("value.no-date"),
    VALUE_LACKS("value.lacks"),
    VALUE_TOO_LARGE("value.too-large"),
    VALUE_WITHOUT_PART("value.without-part"),
    NEGATED("not.violated"),
    NEGATED_BECAUSE("not.violated-because");

    private static final SentenceBundle BUNDLE = new SentenceBundle("io.imagegate.rule.messages");

    private final String key;

    Message(String key) {
        this.key = key;
    }

    String format(Locale locale, List<?> arguments) {
        if (this == TEXT) {
            return arguments.get(0).toString();
        }
        // English also has its own file. Without it, a missing translation would fall back to the language of the
        // machine, and the same review would get different answers on different machines.
        List<String> texts = arguments.isEmpty() ? List.of() : new ArrayList<>(arguments.size());
        for (Object argument : arguments) {
            texts.add(text(locale, argument));
        }
        return BUNDLE.fill(supported(locale), key, texts);
    }

    private static Locale supported(Locale locale) {
        return locale.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }

    private static String text(Locale locale, Object argument) {
        if (argument instanceof Finding finding) {
            return finding.message(locale);
        }
        if (argument instanceof NearestPattern nearest) {
            return nearest.text(locale);
        }
        if (argument instanceof List<?> list) {
            return list.stream().map(a -> text(locale, a)).collect(Collectors.joining(", "));
        }
        return argument.toString();
    }
}

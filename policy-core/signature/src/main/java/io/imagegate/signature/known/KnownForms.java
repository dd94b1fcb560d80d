package io.imagegate.signature.known;

import io.imagegate.signature.cosign.CosignForm;
import io.imagegate.signature.form.Layer;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.form.Sought;
import io.imagegate.signature.notation.NotationForm;
import io.imagegate.signature.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The forms that signatures may have, which share no media type. Immutable.
 *
 * @param forms the forms; of two that guess how likely a manifest is, the first counts
 */
public record KnownForms(List<SignatureForm> forms) {

    /** All forms. A new one is added here. */
    public static final KnownForms ALL = new KnownForms(List.of(new CosignForm(), new NotationForm()));

    public KnownForms {
        forms = List.copyOf(forms);
    }

    /** {@return the form of layers of a media type} */
    public Optional<SignatureForm> find(String mediaType) {
        return forms.stream()
                .filter(form -> form.mediaTypes(Sought.ALL).contains(mediaType))
                .findFirst();
    }

    /** {@return the form of a layer} Refuses one of no form. */
    public SignatureForm of(Layer layer) {
        return find(layer.mediaType())
                .orElseThrow(() -> Refusal.format("the layer is of the media type " + Refusal.shown(layer.mediaType())
                        + ", expected " + expected()));
    }

    private String expected() {
        int last = forms.size() - 1;
        return forms.subList(0, last).stream().map(SignatureForm::layers).collect(Collectors.joining(", ")) + ", or "
                + forms.get(last).layers();
    }
}

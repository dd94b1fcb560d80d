package io.imagegate.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resource bundle of sentences with {@linkplain Blanks blanks}. Each language is looked up once: the look-up of the JDK takes more time
 * than the decision that a sentence explains. Thread-safe.
 *
 * @since 0.1
 */
public final class SentenceBundle {

    private final String name;
    private final Map<Locale, ResourceBundle> languages = new ConcurrentHashMap<>();

    /**
     * Makes a bundle, which is read when a sentence is.
     *
     * @param name the name of a resource bundle of this module
     */
    public SentenceBundle(String name) {
        this.name = name;
    }

    /**
     * {@return a sentence with the texts in its blanks}
     *
     * @param language a language that the bundle has
     * @param key key of the sentence
     * @param texts the text for each number
     */
    public String fill(Locale language, String key, List<String> texts) {
        // First a look without a lambda: each sentence of a denial comes here.
        ResourceBundle bundle = languages.get(language);
        if (bundle == null) {
            bundle = languages.computeIfAbsent(language, one -> ResourceBundle.getBundle(name, one));
        }
        return Blanks.fill(bundle.getString(key), texts);
    }
}

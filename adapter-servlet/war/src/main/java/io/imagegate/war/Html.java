package io.imagegate.war;

/** Builder of an HTML page. Text is escaped, markup is not. */
final class Html {

    private final StringBuilder text = new StringBuilder(4096);

    Html markup(String markup) {
        text.append(markup);
        return this;
    }

    Html text(String unsafe) {
        for (int i = 0; i < unsafe.length(); i++) {
            char c = unsafe.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.append(c);
            }
        }
        return this;
    }

    /** Adds a row of a table with a heading and a value. */
    Html row(String heading, String unsafe) {
        return markup("<tr><th scope=\"row\">")
                .text(heading)
                .markup("</th><td>")
                .text(unsafe)
                .markup("</td></tr>\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

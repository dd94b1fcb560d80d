package io.imagegate.cli.check.report;

import io.imagegate.text.ShownText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the XML of JUnit. Texts are escaped: XML cannot represent most control characters, not even as references. */
final class JunitXml {

    private final PrintWriter out;
    private final XMLStreamWriter xml;

    /** Writes something. */
    private interface Step {

        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    JunitXml(PrintWriter out) {
        this.out = out;
        try {
            this.xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
        step(to -> {
            to.writeStartDocument("UTF-8", "1.0");
            to.writeStartElement("testsuites");
        });
    }

    void begin(String element) {
        step(to -> to.writeStartElement(element));
    }

    void attribute(String name, String value) {
        step(to -> to.writeAttribute(name, ShownText.escape(value)));
    }

    void attribute(String name, long value) {
        attribute(name, String.valueOf(value));
    }

    /** Writes a text of several lines. */
    void text(String text) {
        step(to -> to.writeCharacters(text));
    }

    void end() {
        step(XMLStreamWriter::writeEndElement);
    }

    void finish() {
        step(to -> {
            to.writeEndElement();
            to.writeEndDocument();
            to.flush();
        });
        out.println();
    }

    private void step(Step step) {
        try {
            step.write(xml);
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
    }

    private static UncheckedIOException unwritable(XMLStreamException e) {
        return new UncheckedIOException(new IOException("the report cannot be written", e));
    }
}

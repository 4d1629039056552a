package dev.gaze.core.settings;

import dev.gaze.api.backend.ServerSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads the address of a server. */
final class ServerAddress {
    static final String EXPECTED = "write e.g. \"http://127.0.0.1:8188\", or \"embedded\" for the sketch server";
    private static final String SKETCH = "embedded";

    private ServerAddress() {}

    /**
     * Reads an address.
     *
     * @param text {@code http(s)://host[:port][/path]}, or {@code embedded}
     * @return the address, without a slash at its end; it may still hold credentials
     * @throws IllegalArgumentException saying what is wrong, without repeating the text, which may hold a secret
     */
    static URI parse(String text) {
        String stripped = text.strip();
        if (stripped.equalsIgnoreCase(SKETCH)
                || stripped.toLowerCase(Locale.ROOT).startsWith(SKETCH + ":")) {
            return ServerSettings.EMBEDDED;
        }
        URI address;
        try {
            address = new URI(stripped.replaceFirst("/+$", ""));
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("The server address is no URL (" + wrong.getReason() + ")");
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("The server address starts with neither http:// nor https://");
        }
        if (address.getRawAuthority() == null) { // not the host: it is null for names such as my_comfy
            throw new IllegalArgumentException("The server address names no host");
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "The server address holds a '?' or '#', which no address of a server has");
        }
        return address;
    }
}

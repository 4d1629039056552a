package dev.gaze.comfy.embedded.files;

import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Where an output file goes.
 *
 * @param subfolder below the output folder, forward slashes; may be blank
 * @param name the part in front of the number
 */
public record FilePrefix(String subfolder, String name) {

    /**
     * Expands {@code %year% %month% %day% %hour% %minute% %second% %width% %height%}; any other {@code %…%} stays.
     *
     * @param now in local time, as ComfyUI takes it
     */
    public static FilePrefix of(String pattern, ZonedDateTime now, int width, int height) {
        String text = pattern.replace("%width%", Integer.toString(width))
                .replace("%height%", Integer.toString(height))
                .replace("%year%", Integer.toString(now.getYear()))
                .replace("%month%", two(now.getMonthValue()))
                .replace("%day%", two(now.getDayOfMonth()))
                .replace("%hour%", two(now.getHour()))
                .replace("%minute%", two(now.getMinute()))
                .replace("%second%", two(now.getSecond()))
                .replace('\\', '/');
        int slash = text.lastIndexOf('/');
        return new FilePrefix(slash < 0 ? "" : text.substring(0, slash), text.substring(slash + 1));
    }

    /** The time zone file names are made in. */
    public static ZoneId zone() {
        return ZoneId.systemDefault();
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}

package dev.gatehouse.gateway;

import dev.gatehouse.config.LoadResult;
import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a file of the configuration has changed and come to rest: the gateway's files, the local file, parameter
 * files, keys, roots, passwords, error pages. Looks at times and sizes, through symbolic links, so that it works on every
 * file system, and with folders that are swapped as a whole. Confined to one thread.
 */
final class WatchedFiles {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.reload");
    private static final Duration CLOCK_GRAIN = Duration.ofMillis(50);

    private final Set<Path> files = new HashSet<>();
    private Map<Path, Stamp> stamps = Map.of();
    private List<Path> lastMissing = List.of();
    private boolean isRestless;

    /** What a file looked like; all null if it was not there. */
    private record Stamp(
            @Nullable Object time, long size, @Nullable Object key) {
        /** Of a file that may have changed while it was read: it equals none. */
        static final Stamp UNSURE = new Stamp(null, -1, null);

        boolean isThere() {
            return time != null;
        }

        static Stamp of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
            } catch (IOException e) {
                return new Stamp(null, 0, null); // gone or not yet there; it is told when it comes
            }
        }
    }

    /**
     * Watches what a load has read; what an earlier one did stays watched while this one was refused. A file that changed
     * since the load began may have been read before it did, so it counts as changed.
     *
     * @param began when the load began
     */
    void watch(LoadResult loaded, Instant began) {
        Map<Path, Stamp> before = stamps;
        if (loaded.configuration().isPresent()) {
            files.clear();
        }
        files.addAll(loaded.files());
        loaded.configuration().ifPresent(this::addNamed);
        stamps = look();
        stamps.replaceAll((file, stamp) -> isUnsure(file, stamp, before.get(file), began) ? Stamp.UNSURE : stamp);
        isRestless = false;
    }

    // A file that takes another's place may be older than both, but its entry is not; and a file that was watched
    // already
    // shows by what it was before.
    private static boolean isUnsure(Path file, Stamp now, @Nullable Stamp before, Instant began) {
        if (!now.isThere()) {
            return false;
        }
        return before != null && !before.equals(now) && !before.equals(Stamp.UNSURE)
                || !changed(file).isBefore(began.minus(CLOCK_GRAIN));
    }

    private static Instant changed(Path file) {
        try {
            boolean isUnix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            Object time = Files.getAttribute(file, isUnix ? "unix:ctime" : "lastModifiedTime");
            return ((FileTime) time).toInstant();
        } catch (IOException e) {
            return Instant.MAX; // gone by now
        }
    }

    private void addNamed(GatewayConfiguration configuration) {
        Stream.of(configuration.local().certificates(), configuration.local().trust())
                .flatMap(sources -> sources.values().stream())
                .flatMap(source -> filesOf(source).stream())
                .forEach(files::add);
        Path secret = configuration.local().traffic().affinity().secretFile();
        if (secret != null) {
            files.add(secret);
        }
        pagesOf(configuration.gateway())
                .map(CustomErrorPage::source)
                .filter(CustomErrorPage.Source.File.class::isInstance)
                .forEach(page -> files.add(((CustomErrorPage.Source.File) page).path()));
    }

    private static Stream<CustomErrorPage> pagesOf(Gateway gateway) {
        return Stream.concat(
                gateway.customErrorPages().stream(),
                gateway.httpListeners().stream()
                        .map(HttpListener::customErrorPages)
                        .flatMap(List::stream));
    }

    private static List<Path> filesOf(CertificateSource source) {
        if (source instanceof CertificateSource.Pfx pfx) {
            return Stream.of(pfx.file(), pfx.passwordFile())
                    .filter(Objects::nonNull)
                    .toList();
        }
        if (source instanceof CertificateSource.Pem pem) {
            return Stream.of(pem.file(), pem.key()).filter(Objects::nonNull).toList();
        }
        return List.of();
    }

    // Many tools take a file away before they put the next in its place. Who means it asks for a reload.
    private boolean isMissing(Map<Path, Stamp> now) {
        List<Path> missing = stamps.entrySet().stream()
                .filter(entry -> entry.getValue().isThere()
                        && !now.getOrDefault(entry.getKey(), Stamp.UNSURE).isThere())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!missing.equals(lastMissing) && !missing.isEmpty()) {
            LOG.warn("reload: {} is gone; what was read goes on until it is back or a reload is asked for", missing);
        }
        lastMissing = missing;
        return !missing.isEmpty();
    }

    private Map<Path, Stamp> look() {
        Map<Path, Stamp> now = new HashMap<>();
        files.forEach(file -> now.put(file, Stamp.of(file)));
        return now;
    }

    /** Whether something has changed since the last load and looks the same twice: nobody is writing any more. */
    boolean hasChanged() {
        Map<Path, Stamp> now = look();
        if (isMissing(now)) {
            return false;
        }
        boolean isSame = now.equals(stamps);
        stamps = now;
        if (!isSame) {
            isRestless = true;
            return false;
        }
        boolean hasCome = isRestless;
        isRestless = false;
        return hasCome;
    }
}

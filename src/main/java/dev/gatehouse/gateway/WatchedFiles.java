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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a file of the configuration has changed and come to rest: the gateway's files, the local file, parameter
 * files, keys, roots, passwords, error pages. Looks at times and sizes, through symbolic links, so that it works on every
 * file system, and with folders that are swapped as a whole. Confined to one thread.
 */
final class WatchedFiles {
    private final Set<Path> files = new HashSet<>();
    private Map<Path, Stamp> stamps = Map.of();
    private boolean isRestless;

    /** What a file looked like; all null if it was not there. */
    private record Stamp(
            @Nullable Object time, long size, @Nullable Object key) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
            } catch (IOException e) {
                return new Stamp(null, 0, null); // gone or not yet there; it is told when it comes
            }
        }
    }

    /** Watches what a load has read; what an earlier one did stays watched while this one was refused. */
    void watch(LoadResult loaded) {
        if (loaded.configuration().isPresent()) {
            files.clear();
        }
        files.addAll(loaded.files());
        loaded.configuration().ifPresent(this::addNamed);
        stamps = look();
        isRestless = false;
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

    private Map<Path, Stamp> look() {
        Map<Path, Stamp> now = new HashMap<>();
        files.forEach(file -> now.put(file, Stamp.of(file)));
        return now;
    }

    /** Whether something has changed since the last load and looks the same twice: nobody is writing any more. */
    boolean hasChanged() {
        Map<Path, Stamp> now = look();
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

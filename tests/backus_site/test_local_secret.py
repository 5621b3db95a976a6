import threading

from backus_site.local_secret import read_or_make_secret


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "secret_key"

    secret = read_or_make_secret(path)

    assert len(secret) >= 50
    assert read_or_make_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret_key"]


def test_two_secrets_differ(tmp_path):
    assert read_or_make_secret(tmp_path / "a") != read_or_make_secret(tmp_path / "b")


def test_all_that_start_at_once_read_the_same_secret(tmp_path):
    path, secrets, barrier = tmp_path / "secret_key", [], threading.Barrier(8)

    def start():
        barrier.wait()
        secrets.append(read_or_make_secret(path))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(secrets) == 8
    assert set(secrets) == {path.read_text().strip()}

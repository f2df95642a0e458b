//! A store over a folder that fails when it is told to.

use futures::future::BoxFuture;
use futures::stream::{BoxStream, StreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, ObjectStoreExt as _, PutMultipartOptions, PutOptions, PutPayload, PutResult,
    Result,
};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

/// In which way a store fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The n-th write is not done, and that is reported.
    NotWritten,
    /// The n-th write is done, and reported as failed.
    WrittenButFailed,
    /// From the n-th write on nothing works any more, reading neither: the disk is gone.
    Gone,
}

impl Fault {
    pub(super) const ALL: [Fault; 3] = [Fault::NotWritten, Fault::WrittenButFailed, Fault::Gone];
}

/// What a store does and did; the test holds it beside the store.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Which write fails, counted from 0; removing counts as writing.
    plan: Option<(usize, Fault)>,
    writes: AtomicUsize,
    failed_puts: AtomicUsize,
    /// Path and bytes of every put that reached the disk, in order.
    written: Mutex<Vec<(String, PutPayload)>>,
}

/// What becomes of an operation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Done,
    DoneButFailed,
    Failed,
}

impl Faults {
    /// Never fails.
    pub(super) fn none() -> Arc<Faults> {
        Arc::default()
    }

    /// Fails at the n-th write from now, counted from 0.
    pub(super) fn at(nth: usize, fault: Fault) -> Arc<Faults> {
        Arc::new(Faults { plan: Some((nth, fault)), ..Faults::default() })
    }

    /// How many writes were asked for.
    pub(super) fn writes(&self) -> usize {
        self.writes.load(SeqCst)
    }

    /// Whether a put was reported as failed.
    pub(super) fn failed_a_put(&self) -> bool {
        self.failed_puts.load(SeqCst) > 0
    }

    /// Whether anything has failed.
    pub(super) fn has_failed(&self) -> bool {
        self.plan.is_some_and(|(nth, _)| self.writes() > nth)
    }

    /// Path and bytes of every put that reached the disk.
    pub(super) fn written(&self) -> Vec<(String, Vec<u8>)> {
        let written = self.written.lock().unwrap();
        let bytes = |payload: &PutPayload| payload.iter().flat_map(|b| b.to_vec()).collect();
        written.iter().map(|(path, payload)| (path.clone(), bytes(payload))).collect()
    }

    fn write(&self) -> Fate {
        let place = self.writes.fetch_add(1, SeqCst);
        match self.plan {
            Some((nth, Fault::NotWritten)) if place == nth => Fate::Failed,
            Some((nth, Fault::WrittenButFailed)) if place == nth => Fate::DoneButFailed,
            Some((nth, Fault::Gone)) if place >= nth => Fate::Failed,
            _ => Fate::Done,
        }
    }

    fn read(&self) -> Result<()> {
        match self.plan {
            Some((_, Fault::Gone)) if self.has_failed() => Err(failure("reading")),
            _ => Ok(()),
        }
    }
}

fn failure(what: &str) -> Error {
    Error::Generic { store: "failing store", source: format!("{what} fails by plan").into() }
}

/// What no location asks of its store.
fn not_implemented(operation: &str, implementer: &str) -> Error {
    Error::NotImplemented { operation: operation.to_owned(), implementer: implementer.to_owned() }
}

/// The store.
#[derive(Debug)]
pub(super) struct FailingStore {
    inner: Arc<LocalFileSystem>,
    faults: Arc<Faults>,
}

impl FailingStore {
    /// Over a folder; without syncing, which is for power cuts and would only take time here.
    pub(super) fn over(folder: &std::path::Path, faults: Arc<Faults>) -> Result<FailingStore> {
        Ok(FailingStore { inner: Arc::new(LocalFileSystem::new_with_prefix(folder)?), faults })
    }

    async fn put(&self, to: &Path, payload: PutPayload, how: PutOptions) -> Result<PutResult> {
        let fate = self.faults.write();
        let done = match fate {
            Fate::Failed => Err(failure("writing")),
            Fate::Done | Fate::DoneButFailed => self.inner.put_opts(to, payload.clone(), how).await,
        };
        if done.is_ok() {
            self.faults.written.lock().unwrap().push((to.to_string(), payload));
        }
        if fate != Fate::Done {
            self.faults.failed_puts.fetch_add(1, SeqCst);
        }
        if fate == Fate::DoneButFailed { Err(failure("acknowledging")) } else { done }
    }
}

impl fmt::Display for FailingStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failing store over {}", self.inner)
    }
}

/// The trait's methods are declared with `async_trait`; these are the signatures it makes of them.
impl ObjectStore for FailingStore {
    fn put_opts<'s, 'p, 'f>(
        &'s self,
        location: &'p Path,
        payload: PutPayload,
        opts: PutOptions,
    ) -> BoxFuture<'f, Result<PutResult>>
    where
        's: 'f,
        'p: 'f,
        Self: 'f,
    {
        Box::pin(self.put(location, payload, opts))
    }

    fn put_multipart_opts<'s, 'p, 'f>(
        &'s self,
        _location: &'p Path,
        _opts: PutMultipartOptions,
    ) -> BoxFuture<'f, Result<Box<dyn MultipartUpload>>>
    where
        's: 'f,
        'p: 'f,
        Self: 'f,
    {
        Box::pin(async {
            Err(not_implemented("put_multipart_opts", "a location writes whole files"))
        })
    }

    fn get_opts<'s, 'p, 'f>(
        &'s self,
        location: &'p Path,
        options: GetOptions,
    ) -> BoxFuture<'f, Result<GetResult>>
    where
        's: 'f,
        'p: 'f,
        Self: 'f,
    {
        Box::pin(async move {
            self.faults.read()?;
            self.inner.get_opts(location, options).await
        })
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        let (inner, faults) = (self.inner.clone(), self.faults.clone());
        let delete = move |path: Result<Path>| {
            let (inner, fate) = (inner.clone(), faults.write());
            async move {
                let path = path?;
                if fate != Fate::Failed {
                    inner.delete(&path).await?;
                }
                if fate == Fate::Done { Ok(path) } else { Err(failure("removing")) }
            }
        };
        locations.then(delete).boxed()
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match self.faults.read() {
            Ok(()) => self.inner.list(prefix),
            Err(error) => futures::stream::once(async { Err(error) }).boxed(),
        }
    }

    fn list_with_delimiter<'s, 'p, 'f>(
        &'s self,
        prefix: Option<&'p Path>,
    ) -> BoxFuture<'f, Result<ListResult>>
    where
        's: 'f,
        'p: 'f,
        Self: 'f,
    {
        Box::pin(async move {
            self.faults.read()?;
            self.inner.list_with_delimiter(prefix).await
        })
    }

    fn copy_opts<'s, 'a, 'b, 'f>(
        &'s self,
        _from: &'a Path,
        _to: &'b Path,
        _options: CopyOptions,
    ) -> BoxFuture<'f, Result<()>>
    where
        's: 'f,
        'a: 'f,
        'b: 'f,
        Self: 'f,
    {
        Box::pin(async { Err(not_implemented("copy_opts", "a location does not copy")) })
    }
}

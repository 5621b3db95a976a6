// In a preview, links of this site go on in the same preview.

const bar = document.querySelector("[data-preview]")

for (const link of document.querySelectorAll("a[href^='/']")) {
  const address = new URL(link.href)
  if (address.origin !== location.origin || address.pathname.startsWith("/admin/")) continue
  for (const [name, value] of new URLSearchParams(bar.dataset.preview)) address.searchParams.set(name, value)
  link.href = address.href
}

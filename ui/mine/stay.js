if(!window.papiStays){window.papiStays=true;document.addEventListener("click",function(event){
 var link=event.target.closest&&event.target.closest("a[href]");
 if(!link||event.defaultPrevented||event.button||event.ctrlKey||event.metaKey||event.shiftKey||link.target==="_blank"&&!link.closest(".stHtml")||link.hasAttribute("download"))return;
 if(!document.querySelector(".st-key-mine")||link.origin!==location.origin||link.pathname===location.pathname&&link.search===location.search)return;
 event.preventDefault();history.pushState({},"",link.href);window.dispatchEvent(new PopStateEvent("popstate",{state:{}}));window.scrollTo(0,0)
})}
